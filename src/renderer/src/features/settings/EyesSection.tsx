import { useEffect, useId, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { Settings } from '../../../../shared/contract/settings.ts'
import { countries } from '../../../../shared/hotlines.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { useServers } from '../../client/servers.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Choice } from '../../ui/Choice.tsx'
import { dayOf } from '../../ui/day.ts'
import { regionName } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { Row } from './Row.tsx'
import styles from './Settings.module.css'
import type { Section } from './use-settings.ts'

const onOff = () => [
  { value: 'on' as const, says: say('settings.on') },
  { value: 'off' as const, says: say('settings.off') },
]

const Switch = ({ name, settings, save }: Section & { name: 'blur' | 'grey' | 'mute' }) => (
  <Row name={say(`settings.${name}`)} says={say(`settings.${name}-says`)}>
    <Choice
      label={say(`settings.${name}`)}
      value={settings[name] ? 'on' : 'off'}
      options={onOff()}
      onPick={value => void save({ [name]: value === 'on' })}
    />
  </Row>
)

/** Hosts that were agreed to for media, each taken back with one press. */
const Hosts = () => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure>()
  const forget = (server: string) =>
    void engine.call('media.agree', { server, origin: null }).then(
      () => setFailure(undefined),
      error => setFailure(asFailure(error)),
    )
  const servers = useServers()
  const hosts = useLive('media.hosts', {}).data?.hosts ?? []
  return (
    <>
      {hosts.map(({ server, origin }) => (
        <Row
          key={server}
          name={say('settings.media-host', { server: servers.find(each => each.key === server)?.domain ?? server })}
          says={new URL(origin).host}
        >
          <Button onClick={() => forget(server)}>{say('settings.media-host-forget')}</Button>
        </Row>
      ))}
      {failure && (
        <p className={parts.error} role="alert">
          {sayFailure(failure)}
        </p>
      )}
    </>
  )
}

const RestAfter = ({ settings, save }: Section) => {
  const id = useId()
  const [typed, setTyped] = useState(String(settings.restAfter))
  useEffect(() => setTyped(String(settings.restAfter)), [settings.restAfter])
  const read = Settings.shape.restAfter.safeParse(typed.trim() === '' ? Number.NaN : Number(typed))
  const today = useLive('exposure.today', { day: dayOf(useNow(60_000)) }).data
  return (
    <Row
      name={<label htmlFor={id}>{say('settings.rest')}</label>}
      says={
        <span id={`${id}-says`}>
          {say('settings.rest-says')}{' '}
          {say('settings.rest-today', { media: today?.media ?? 0, legal: today?.legal ?? 0 })}
        </span>
      }
    >
      <input
        id={id}
        type="number"
        min={0}
        max={1000}
        className={styles.short}
        aria-describedby={`${id}-says`}
        aria-invalid={!read.success}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onBlur={() =>
          read.success
            ? read.data !== settings.restAfter && void save({ restAfter: read.data })
            : setTyped(String(settings.restAfter))
        }
        onKeyDown={event => event.key === 'Enter' && read.success && void save({ restAfter: read.data })}
      />
    </Row>
  )
}

/** What protects one's eyes: how media is shown, where it may come from, when a pause is suggested; and the country of the law. */
export const EyesSection = ({ settings, save }: Section) => (
  <section aria-labelledby="eyes-h">
    <h2 id="eyes-h">{say('settings.eyes')}</h2>
    <Row name={say('settings.media')} says={say('settings.media-says')}>
      <Choice
        label={say('settings.media')}
        value={settings.media}
        options={(['veiled', 'text'] as const).map(value => ({ value, says: say(`settings.media.${value}`) }))}
        onPick={media => void save({ media })}
      />
    </Row>
    <Switch name="blur" settings={settings} save={save} />
    <Switch name="grey" settings={settings} save={save} />
    <Switch name="mute" settings={settings} save={save} />
    <Hosts />
    <RestAfter settings={settings} save={save} />
    <Row name={say('settings.country')} says={say('settings.country-says')}>
      <Chip
        label={say('settings.country')}
        value={settings.country ?? 'none'}
        options={[
          { value: 'none', says: say('settings.country.none') },
          ...countries
            .map(({ country }) => ({ value: country, says: regionName(country) }))
            .sort((a, b) => a.says.localeCompare(b.says)),
        ]}
        onPick={value => save({ country: value === 'none' ? null : value })}
      />
    </Row>
    <p className={parts.quiet}>{say('settings.eyes-private')}</p>
  </section>
)
