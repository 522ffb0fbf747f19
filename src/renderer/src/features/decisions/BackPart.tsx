import { useState } from 'react'
import type { WayBack } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { ConsequenceText } from '../../ui/ConsequenceText.tsx'
import controls from '../../ui/controls.module.css'
import { kindName } from '../../ui/decision-words.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import { TypeName } from '../../ui/TypeName.tsx'

type Back = { way: WayBack; onArm(typed: string): Promise<void>; onDone(): void }

/** What gives back what was changed, armed as any decision: with its consequence, and its name typed where it has a brake. */
export const BackPart = ({ way, onArm, onDone }: Back) => {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const cannot = busy || (way.brake !== null && typed.trim() !== way.name)
  const arm = () => {
    setBusy(true)
    onArm(typed)
      .then(onDone, error => setFailure(asFailure(error)))
      .finally(() => setBusy(false))
  }
  return (
    <section aria-labelledby="back-h">
      <h3 id="back-h" className={controls.label}>
        {say('panel.way-back')}
      </h3>
      <p>
        <ConsequenceText says={way.does} />
      </p>
      {way.brake !== null && (
        <TypeName says={sayCode(way.brake, { name: way.name })} name={way.name} typed={typed} onType={setTyped} />
      )}
      <p className={parts.line}>
        <Button aria-disabled={cannot} onClick={() => cannot || arm()}>
          <Icon name="undo" small />
          {kindName(way.kind)}
        </Button>
      </p>
      {failure && <Trouble failure={failure} />}
    </section>
  )
}
