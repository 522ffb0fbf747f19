import { create } from 'zustand'
import { say } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { dayOf } from '../../ui/day.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './Rest.module.css'

/** Which suggestion was put aside, so that it is not made again before the next one is due. */
const useAside = create<{ day: string; suggestions: number }>(() => ({ day: '', suggestions: 0 }))

/** Suggests a pause after much was looked at. It blocks nothing, is put aside with one press, and nobody else ever hears of it. */
export const Rest = () => {
  const day = dayOf(useNow(60_000))
  const aside = useAside()
  const seen = useLive('exposure.today', { day }).data
  if (!seen || seen.suggestions <= (aside.day === day ? aside.suggestions : 0)) return null
  return (
    <div className={styles.rest} role="status">
      <Icon name="eye-off" />
      <span>
        {say('rest.says', { media: seen.media, legal: seen.legal })}{' '}
        <span className={parts.quiet}>{say('rest.private')}</span>
      </span>
      <span className={parts.push} />
      <Button onClick={() => useAside.setState({ day, suggestions: seen.suggestions })}>{say('rest.aside')}</Button>
    </div>
  )
}
