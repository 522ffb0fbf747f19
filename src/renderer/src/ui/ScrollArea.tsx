import type { ReactNode, Ref } from 'react'

type Shown = {
  as?: 'section' | 'aside'
  label: string
  className?: string | undefined
  ref?: Ref<HTMLElement>
  children: ReactNode
}

/** A part that scrolls and has a name. It takes the focus, so that keys can scroll it too. */
export const ScrollArea = ({ as: Part = 'section', label, className, ref, children }: Shown) => (
  <Part className={className} aria-label={label} tabIndex={0} {...(ref ? { ref } : {})}>
    {children}
  </Part>
)
