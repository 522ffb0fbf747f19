import { Component, type ReactNode } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { Button } from '../ui/Button.tsx'
import styles from './App.module.css'

/** A mistake of ours blanks nothing without a word: decisions are in the engine, the page can begin again. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <main className={styles.middle}>
        <h1>{say('app.broken')}</h1>
        <p role="alert">{say('app.broken-says')}</p>
        <Button look="primary" onClick={() => location.reload()}>
          {say('app.again')}
        </Button>
      </main>
    )
  }
}
