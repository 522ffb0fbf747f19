import { countries, INHOPE, lawSources } from '../../../../shared/hotlines.ts'
import { say } from '../../../../shared/messages/say.ts'
import { regionName } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import type { Case } from './CaseHead.tsx'
import styles from './LegalPath.module.css'

const Out = ({ name, url, onLink }: { name: string; url: string; onLink(href: string): void }) => (
  <button type="button" className={styles.out} onClick={() => onLink(url)}>
    {name}
    <Icon name="out" small />
  </button>
)

/** What a hotline or the police asks for: addresses and times, never the content. */
const Addresses = ({ shown }: { shown: Case }) => {
  const addresses = [shown.account.url, ...shown.posts.map(post => post.url)].filter(url => url !== null)
  return (
    <details className={styles.addresses}>
      <summary>{say('legal.addresses')}</summary>
      <ul>
        {addresses.map(address => (
          <li key={address} className={parts.mono} dir="ltr">
            {address}
          </li>
        ))}
        <li className={parts.mono} dir="ltr">
          {shown.webAdmin}
        </li>
      </ul>
    </details>
  )
}

type Shown = {
  shown: Case
  /** Whose hotlines and law; null where none was chosen. */
  country: string | null
  onLink(href: string): void
}

/** What to do with a report that says that something is illegal: nothing is on screen, and this stands in its place. */
export const LegalPath = ({ shown, country, onLink }: Shown) => {
  const there = countries.find(each => each.country === country)
  const hotlines = there?.hotlines ?? [INHOPE]
  return (
    <section className={styles.path} aria-labelledby="legal-h">
      <h2 id="legal-h">
        <Icon name="legal" />
        {say('legal.title')}
      </h2>
      <p>{say('legal.says')}</p>
      <ol className={styles.steps}>
        <li>{say('legal.step.danger')}</li>
        <li>{say('legal.step.no-copies')}</li>
        <li>
          {say('legal.step.hotline')}{' '}
          {hotlines.map(hotline => (
            <Out key={hotline.url} {...hotline} onLink={onLink} />
          ))}
          {there ? (
            <span className={parts.quiet}> {say('legal.country', { country: regionName(there.country) })}</span>
          ) : (
            <span className={parts.quiet}> {say('legal.no-country')}</span>
          )}
        </li>
        <li>{say('legal.step.keep')}</li>
        {there?.law.map(law => (
          <li key={law}>
            {say(`legal.law.${law}`)} <Out {...lawSources[law]} onLink={onLink} />
          </li>
        ))}
        <li>{say('legal.step.decide')}</li>
      </ol>
      <Addresses shown={shown} />
      <p className={parts.quiet}>{say('legal.no-advice')}</p>
    </section>
  )
}
