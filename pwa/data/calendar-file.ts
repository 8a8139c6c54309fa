/** One event as a calendar takes it (RFC 5545), made on the phone. */
export type CalendarEvent = { id: string; startsAt: string; endsAt: string; title: string; place: string; text: string };

const moment = (iso: string): string => new Date(iso).toISOString().replace(/[-:]|\.\d{3}/g, '');
const escaped = (text: string): string => text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n');

export function calendarFile({ id, startsAt, endsAt, title, place, text }: CalendarEvent, now = new Date()): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Kurashimado//Bookings//JA', 'BEGIN:VEVENT',
    `UID:${id}@kurashimado`, `DTSTAMP:${moment(now.toISOString())}`, `DTSTART:${moment(startsAt)}`, `DTEND:${moment(endsAt)}`,
    `SUMMARY:${escaped(title)}`, `LOCATION:${escaped(place)}`, `DESCRIPTION:${escaped(text)}`,
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, 'TRIGGER:-P1D', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

const LONGEST = 75;

/** No line over 75 octets, and no character cut in two. */
function folded(line: string): string[] {
  const lines = [''];
  for (const mark of line) {
    const last = lines.at(-1) ?? '';
    if (new TextEncoder().encode(last + mark).length > LONGEST) lines.push(` ${mark}`);
    else lines[lines.length - 1] = last + mark;
  }
  return lines;
}
