const PATHS = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  applications: 'M7 3h7l5 5v13H7zM14 3v5h5M10 12h6M10 16h6',
  inbox: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4v6M8 14v6',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.500 15.500 20.500 20.500',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7C9 7 7 6 7.500 4.500S11 4 12 7c1-3 4-4 4.500-2.500S15 7 12 7',
  events: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  records: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5',
  chevron: 'm9 5 7 7-7 7',
  warning: 'M12 4 2.5 20h19zM12 10v5M12 17.5v.5',
  denied: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M6 6l12 12',
  check: 'm5 12 5 5 9-10',
  offline: 'M3 3l18 18M8.5 15a5 5 0 0 1 7 0M5 11.5A10 10 0 0 1 9 9M12 19h.01M15 9.300a10 10 0 0 1 4 2.200',
} as const;
type Name = keyof typeof PATHS;
export const ICONS = Object.keys(PATHS) as readonly Name[];

/** A line drawing beside a word; never the only bearer of a meaning. */
export const Icon = ({ name }: { name: Name }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={PATHS[name]} /></svg>
);
