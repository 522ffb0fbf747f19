import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { type Bindings, bindingsOf, type Refusal, refuse } from '../../ui/bindings.ts'
import { Choice } from '../../ui/Choice.tsx'
import { capsOf, chosenStroke, isModifier } from '../../ui/chord.ts'
import { type Command, commandNames, commandParts, commands } from '../../ui/commands.ts'
import { Key } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { Row } from './Row.tsx'
import styles from './Settings.module.css'
import type { Section } from './use-settings.ts'

const nameOf = (command: Command) => say(commands[command].says)
const sayRefusal = ({ code, key, taken }: Refusal) => say(code, { key, what: taken ? nameOf(taken) : '' })

type Listening = {
  command: Command
  bindings: Bindings
  onChosen(chord: string): void
  onLeave(): void
}

/** Listens for the new key of a command: one stroke, or two where the first begins others (`g`). */
const Listener = ({ command, bindings, onChosen, onLeave }: Listening) => {
  const box = useRef<HTMLButtonElement>(null)
  const [begun, setBegun] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  useEffect(() => {
    box.current?.focus()
    announce(say('settings.key-press-of', { what: nameOf(command) }))
  }, [command])
  const begins = (stroke: string) => [...bindings.byChord.keys()].some(chord => chord.startsWith(`${stroke} `))
  const pressed = (event: KeyboardEvent) => {
    if (isModifier(event.key) || event.key === 'Tab') return
    // Nothing here asks for anything else, neither of the desk nor of the button.
    event.preventDefault()
    if (event.key === 'Escape') return onLeave()
    const stroke = chosenStroke(event.nativeEvent)
    if (event.repeat || stroke === undefined) return
    if (begun === '' && begins(stroke)) return setBegun(stroke)
    const chord = begun === '' ? stroke : `${begun} ${stroke}`
    const refused = refuse(command, chord, bindings)
    setBegun('')
    setRefusal(refused)
    if (!refused) onChosen(chord)
  }
  return (
    <>
      <button type="button" ref={box} className={styles.listener} onKeyDown={pressed} onBlur={onLeave}>
        {begun === '' ? say('settings.key-press') : `${capsOf(begun).join(' ')} ${say('settings.key-press-next')}`}
      </button>
      {refusal && (
        <p className={parts.error} role="alert">
          {sayRefusal(refusal)}
        </p>
      )}
    </>
  )
}

type Line = {
  command: Command
  bindings: Bindings
  changed: boolean
  onChange(chord: string | undefined): Promise<boolean>
}

const KeyLine = ({ command, bindings, changed, onChange }: Line) => {
  const [listening, setListening] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const what = nameOf(command)
  const chord = bindings.byCommand.get(command)
  const back = (chosen: string) => {
    setListening(false)
    requestAnimationFrame(() => button.current?.focus())
    announce(say('settings.key-is', { what, key: capsOf(chosen).join(' ') }))
  }
  return (
    <li className={styles.key}>
      <span className={styles.keyName}>{what}</span>
      {listening ? (
        <Listener
          command={command}
          bindings={bindings}
          onLeave={() => {
            setListening(false)
            requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus())
          }}
          onChosen={chosen => void onChange(chosen).then(done => done && back(chosen))}
        />
      ) : (
        <>
          <span className={styles.caps}>
            {chord === undefined ? say('settings.key-none') : capsOf(chord).map(cap => <Key key={cap}>{cap}</Key>)}
          </span>
          <Button
            ref={button}
            look="bare"
            aria-label={say('settings.key-change-of', { what })}
            onClick={() => setListening(true)}
          >
            {say('settings.key-change')}
          </Button>
          {changed && (
            <Button
              look="bare"
              aria-label={say('settings.key-reset-of', { what })}
              onClick={() => void onChange(undefined).then(done => done && back(commands[command].key))}
            >
              {say('settings.key-reset')}
            </Button>
          )}
        </>
      )}
    </li>
  )
}

/** Every key, and another one for who wants it. */
export const KeysSection = ({ settings, save }: Section) => {
  const { keys, letterKeys } = settings
  const bindings = bindingsOf(keys, letterKeys)
  const change = (command: Command, chord: string | undefined) => {
    const { [command]: _, ...others } = keys
    return save({
      keys: chord === undefined || chord === commands[command].key ? others : { ...others, [command]: chord },
    })
  }
  return (
    <section aria-labelledby="keys-h">
      <h2 id="keys-h">{say('settings.keys')}</h2>
      <Row name={say('settings.letter-keys')} says={say('settings.letter-keys-says')}>
        <Choice
          label={say('settings.letter-keys')}
          value={letterKeys ? 'on' : 'off'}
          options={[
            { value: 'on', says: say('settings.switched-on') },
            { value: 'off', says: say('settings.switched-off') },
          ]}
          onPick={value => void save({ letterKeys: value === 'on' })}
        />
      </Row>
      <p className={parts.soft}>{say('settings.keys-says')}</p>
      <div className={styles.keys}>
        {commandParts.map(part => (
          <section key={part} aria-labelledby={`keys-${part}`}>
            <h3 id={`keys-${part}`}>{say(`keys.${part}`)}</h3>
            <ul>
              {commandNames
                .filter(command => commands[command].part === part && !commands[command].fixed)
                .map(command => (
                  <KeyLine
                    key={command}
                    command={command}
                    bindings={bindings}
                    changed={Object.hasOwn(keys, command)}
                    onChange={chord => change(command, chord)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      {Object.keys(keys).length > 0 && (
        <Button onClick={() => void save({ keys: {} }).then(done => done && announce(say('settings.keys-were-reset')))}>
          {say('settings.keys-reset')}
        </Button>
      )}
    </section>
  )
}
