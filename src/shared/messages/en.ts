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
  'verdict.ok':
    'The log holds: {entries, plural, =0 {it is empty} one {# entry} other {# entries}}, none changed since it was written.',
  'verdict.hash': 'Entry {seq} was changed.',
  'verdict.link': 'Entry {seq} does not follow the one before it.',
  'verdict.signature': 'Entry {seq} was not signed by the key it names.',
  'verdict.missing': 'Entry {seq} is missing.',
  'verdict.order': 'At entry {seq} stands another one: moved, doubled or put in.',
  'verdict.extra': 'Entry {seq} stands behind the end of the log.',
  'verdict.unreadable': 'Entry {seq} cannot be read.',
  'verdict.key': 'From entry {seq} on another key writes, and no entry says why.',
  'verdict.columns': 'Entry {seq} is listed differently from what was signed.',
  'verdict.personal': 'A personal value of entry {seq} is not the one that was written.',
  'verdict.personal-missing': 'A personal value of entry {seq} is missing, and no entry says that it was erased.',
  'verdict.header': 'The head of the file was changed, or does not belong to these entries.',
  'export.exists': 'There is already something under that name. Choose another name.',
  'export.no-folder': 'The folder for that file does not exist.',
  'export.bad-name': 'That is no name for a file here. Give the whole path of a new file.',
  'export.cannot-write': 'The file could not be written ({sys}). Nothing was left behind.',
  'export.erased-since': 'Personal values were erased while the file was written. Try again.',
  'export.csv-unverifiable':
    'A CSV file cannot be verified: it is for reading. Export the log as JSON Lines and verify that file.',
  'export.unreadable': 'The file cannot be read ({sys}).',
  'log.action.server.signed-in':
    'Signed in to {domain, select, undefined {a server} other {{domain}}}{name, select, undefined {} other { as {name}}}',
  'log.action.server.signed-out': 'Signed out of {domain, select, undefined {a server} other {{domain}}}',
  'log.action.server.token-refused':
    '{domain, select, undefined {A server} other {{domain}}} no longer accepts this sign-in',
  'log.action.decision.armed':
    'Decided: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.cancelled':
    'Taken back before it was sent: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.superseded':
    'Replaced by a later decision: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.stopped':
    'Not sent, because the case had changed: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.sending':
    'Sending: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.done':
    'Done: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.failed':
    'Refused by the server: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}{status, select, undefined {} other { (HTTP {status})}}',
  'log.action.decision.unknown':
    'Sent, outcome unknown: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}{status, select, undefined {} other { (HTTP {status})}}',
  'log.action.decision.not-done':
    'Did not happen: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.needs-person':
    'Outcome unknown, a person has to look: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.confirmed':
    'Confirmed after waiting: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.decision.settled-by-person':
    'A person said how it ended: {kind}{name, select, undefined {{account, select, undefined {} other { · account {account}}}} other { · {name}}}{report, select, undefined {} other { · report {report}}}',
  'log.action.report.seen-resolved':
    'Seen: report {report} was closed {by, select, undefined {by a colleague} other {by {by}}}',
  'log.action.report.seen-reopened':
    'Seen: report {report} was reopened {by, select, undefined {by a colleague} other {by {by}}}',
  'log.action.report.seen-assigned':
    'Seen: report {report} was {assigned, select, undefined {assigned} other {assigned to {assigned}}}',
  'log.action.report.seen-changed':
    'Seen: report {report} was changed {by, select, undefined {by a colleague} other {by {by}}}',
  'log.action.account.seen-changed':
    'Seen: account {account}{name, select, undefined {} other { ({name})}} was changed {by, select, undefined {by a colleague} other {by {by}}}',
  'log.action.log.exported': 'Log exported: {entries, plural, one {# entry} other {# entries}} as {format}',
  'log.action.setting.changed': 'Setting changed: {name}',
  'log.action.writer.changed': 'The key that signs the log could not be opened. A new one writes from here on',
  'log.action.personal.erased': 'Personal values of entry {entry} erased',
  'log.action.vault.salvaged': 'The vault was damaged. What could be read was carried over',
  'log.action.mirror.set-aside': 'The mirror was damaged and set aside. It is fetched again',
  'log.kind.report.close': 'close',
  'log.kind.report.reopen': 'reopen',
  'log.kind.report.assign': 'assign to oneself',
  'log.kind.report.unassign': 'unassign',
  'log.kind.account.warn': 'warn',
  'log.kind.account.sensitive': 'mark as sensitive',
  'log.kind.account.limit': 'limit',
  'log.kind.account.freeze': 'freeze',
  'log.kind.account.suspend': 'suspend',
  'log.kind.account.unsensitive': 'unmark as sensitive',
  'log.kind.account.unlimit': 'lift the limit',
  'log.kind.account.unfreeze': 'unfreeze',
  'log.kind.account.unsuspend': 'lift the suspension',
} as const
