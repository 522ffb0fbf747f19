import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { ContentTree } from '../../ui/ContentTree.tsx'
import { moment } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import type { Answer } from './asked.ts'
import styles from './Thread.module.css'
import type { Versions as Read } from './use-asked.ts'

type Shown = { answer: Answer<Read>; language: string | null; onLink(href: string): void }

/** Every version of a post, oldest first: the server's, or where it gives none those that are kept here, with the reason. */
export const Versions = ({ answer, language, onLink }: Shown) => {
  const { busy, data, failure } = answer
  return (
    <section className={styles.thread} aria-label={say('versions.title')} aria-busy={busy}>
      {busy && (
        <p className={parts.quiet} role="status">
          {say('versions.reading')}
        </p>
      )}
      {failure && <Trouble failure={failure} />}
      {data?.failure && (
        <p className={parts.soft} role="status">
          {sayFailure(data.failure)} {say('versions.here', { count: data.versions.length })}
        </p>
      )}
      {data && (
        <ol>
          {data.versions.map((version, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: versions have no id and never change places
            <li key={index} className={styles.post}>
              <p className={styles.meta}>
                <span className={styles.who}>{say('versions.nth', { nth: index + 1, of: data.versions.length })}</span>
                <time dateTime={new Date(version.at).toISOString()}>{moment(version.at)}</time>
                {version.media.length > 0 && <span>{say('thread.media', { count: version.media.length })}</span>}
              </p>
              {version.warning !== '' && (
                <p className={parts.soft} dir="auto">
                  {say('posts.warning', { warning: version.warning })}
                </p>
              )}
              <ContentTree content={version.content} lang={language} onLink={onLink} className={styles.text} />
              {version.options.length > 0 && (
                <ul className={parts.quiet}>
                  {version.options.map((option, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: options have no id, and two may read the same
                    <li key={place} dir="auto">
                      {option}
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
