import type { ComponentProps } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { Button } from './Button.tsx'
import { Key } from './Keys.tsx'

/** What leaves a dialog as Escape does, and says so. */
export const BackButton = (shown: Omit<ComponentProps<typeof Button>, 'children'>) => (
  <Button {...shown}>
    {say('sheet.back')}
    <Key>{say('key.escape')}</Key>
  </Button>
)
