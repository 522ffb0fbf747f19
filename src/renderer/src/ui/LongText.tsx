import { useMemo, useState } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { Button } from './Button.tsx'
import { beginningOf } from './beginning.ts'
import parts from './parts.module.css'

/** Letters of each of a dozen texts that stand together: more than people write to be read. */
const AT_ONCE = 2_000

/** Plain words of a stranger, of which up to 65,536 letters are kept: of a very long text the beginning, and the rest when asked for. */
export const LongText = ({ text }: { text: string }) => {
  const [whole, setWhole] = useState(false)
  const { nodes, left } = useMemo(() => beginningOf([text], AT_ONCE), [text])
  if (left === 0) return text
  return (
    <>
      {whole ? text : nodes.filter(node => typeof node === 'string')}
      <span className={parts.below}>
        <Button aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? say('content.less') : say('content.rest', { count: left })}
        </Button>
      </span>
    </>
  )
}
