import { EventScreen, EventsScreen } from './events.tsx';
import { ProcedureScreen } from './procedure.tsx';
import { SearchScreen } from './search.tsx';

export type CatalogueProps = { room: 'search' | 'events' | 'procedure'; id: string | null; asked: string };

/** The public catalogue: by words, by life event, and each procedure. */
export function CatalogueRoom({ room, id, asked }: CatalogueProps) {
  if (room === 'procedure') return <ProcedureScreen id={id ?? ''} />;
  if (room === 'events') return id === null ? <EventsScreen /> : <EventScreen id={id} />;
  return <SearchScreen asked={asked} />;
}
