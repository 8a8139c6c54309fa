/**
 * Every document the app may send, by what it is about. The build replaces this module by the documents' hashes and
 * writes the texts to dist/documents.json, the only ones the server accepts; so these files export documents alone.
 */
export * from './documents/account.ts';
export * from './documents/home.ts';
export * from './documents/person.ts';
export * from './documents/applications.ts';
export * from './documents/mail.ts';
export * from './documents/moving.ts';
export * from './documents/records.ts';
export * from './documents/signing.ts';
export * from './documents/consents.ts';
export * from './documents/calendars.ts';
export * from './documents/reach.ts';
export * from './documents/links.ts';
export * from './documents/payments.ts';
export * from './documents/family.ts';
export * from './documents/tasks.ts';
export * from './documents/issued.ts';
export * from './documents/ledger.ts';
export * from './documents/devices.ts';
export * from './documents/bookings.ts';
export * from './documents/cases.ts';
export * from './documents/folders.ts';
export * from './documents/school.ts';
