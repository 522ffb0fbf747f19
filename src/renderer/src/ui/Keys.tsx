import type { ReactNode } from 'react'
import { chordOf, useBindings } from './bindings.ts'
import { ariaOf, capsOf } from './chord.ts'
import type { Command } from './commands.ts'
import { cx } from './cx.ts'
import styles from './Keys.module.css'

/** A key cap. */
export const Key = ({ children, className }: { children: string; className?: string | undefined }) => (
  <kbd className={cx(styles.key, className)}>{children}</kbd>
)

/** Keys and what they do, beside the thing itself: for eyes; screen readers get `aria-keyshortcuts`. */
export const Hint = ({ keys, children }: { keys: readonly string[]; children: ReactNode }) => (
  <span className={styles.hint} aria-hidden="true">
    {keys.map(key => (
      <Key key={key}>{key}</Key>
    ))}
    <span>{children}</span>
  </span>
)

const useChord = (command: Command) => useBindings(bindings => chordOf(command, bindings))

/** The caps of the key that a command has at the moment; none where it has none. */
export const useCaps = (command: Command): readonly string[] => {
  const chord = useChord(command)
  return chord === undefined ? [] : capsOf(chord)
}

/** For `aria-keyshortcuts`. */
export const useShortcut = (command: Command): string | undefined => {
  const chord = useChord(command)
  return chord === undefined ? undefined : ariaOf(chord)
}

/** Those caps. */
export const KeyOf = ({ command }: { command: Command }) => useCaps(command).map(cap => <Key key={cap}>{cap}</Key>)

/** The keys that commands have at the moment and what they do; nothing where they have none. */
export const HintOf = ({ command, children }: { command: Command | readonly Command[]; children: ReactNode }) => {
  const bindings = useBindings()
  const all: readonly Command[] = typeof command === 'string' ? [command] : command
  const chords = all.flatMap(each => chordOf(each, bindings) ?? [])
  return chords.length === 0 ? null : <Hint keys={chords.flatMap(capsOf)}>{children}</Hint>
}
