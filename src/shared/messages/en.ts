/** English: every sentence that people read, by code, in ICU message syntax. */
export const en = {
  'failure.invalid-input':
    'That does not fit here{path, select, undefined {} other {: {path}}}. Check it and try again.',
  'failure.not-found': 'That is not here any more. Look at the list again.',
  'failure.not-allowed': 'That is not allowed here.',
  'failure.conflict': 'Something changed in the meantime. Look at the case again.',
  'failure.signed-out': 'The server no longer accepts this sign-in. Sign in again; nothing is lost.',
  'failure.offline': 'The server does not answer. What is here can still be read; decisions wait.',
  'failure.rate-limited': 'The server asks to wait a moment. Howdah goes on by itself.',
  'failure.upstream': 'What answered is not a Mastodon server, or something stands between. Check the address.',
  'failure.busy': 'Too much at once. Try again in a moment.',
  'failure.timeout': 'No answer in time. Try again.',
  'failure.cancelled': 'Given up.',
  'failure.disconnected': 'The connection to Howdah was cut. It is being opened again.',
  'failure.storage': 'Howdah cannot write its data. Check that the disk has room and the data folder can be written.',
  'failure.newer-data':
    'This data folder was written by a newer Howdah. Install that version or a newer one; nothing was changed.',
  'failure.owned': 'Another Howdah has this data folder open.',
  'failure.internal': 'A mistake of Howdah. It is written to the log file; nothing was sent.',
} as const
