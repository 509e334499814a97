/** A journal in a file. The only part of the library beside the command line that needs Node. */
export { type FileJournalOptions, JournalDamaged, openFileJournal } from './file-journal.ts';
export { JournalLocked } from './file-lock.ts';
