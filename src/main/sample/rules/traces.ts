/** What the server did beside answering: mails queued, entries of its audit log, its own failures. No API shows them; tests read them. */

/** A mail that the server would have sent. */
export type Mail = {
  readonly at: number
  readonly to: string
  readonly kind: 'warning' | 'welcome'
  readonly accountId: string
  readonly strikeId: string | null
}

/** An entry of the server's audit log. */
export type AuditEntry = {
  readonly at: number
  readonly byAccountId: string
  readonly action: string
  readonly targetType: string
  readonly targetId: string
}

/** A file that was fetched: media, portraits. */
export type FileVisit = {
  readonly path: string
  /** Whether a token or a cookie came along: files are public, so none should. */
  readonly identified: boolean
}

/** What moderation leaves behind: mails, the audit log, files that were fetched. */
export class Traces {
  readonly mails: Mail[] = []
  readonly audit: AuditEntry[] = []
  readonly files: FileVisit[] = []
  /** Defects of the sample server itself: what it threw without meaning to. Not the 500s that the real server gives too. */
  readonly failures: unknown[] = []
}
