import { useState } from 'react'
import { useShell } from '../client/engine.tsx'
import { LinkDialog } from './LinkDialog.tsx'

/** Follows a link that a stranger wrote, after a word: the desktop asks by itself before it lets anything out, in a browser this page does. */
export const useLinks = () => {
  const shell = useShell()
  const [href, setHref] = useState<string>()
  return {
    follow: shell.kind === 'desktop' ? shell.openLink : setHref,
    asked: <LinkDialog href={href} onClose={() => setHref(undefined)} />,
  }
}
