import { createElement, type FunctionComponent, memo, useSyncExternalStore } from 'react'
import { onSpoken, spoken } from '../../../shared/messages/say.ts'

/** A part that is drawn again only when what it is given changes, or the language of all sentences. */
export const still = <P extends object>(Part: FunctionComponent<P>) =>
  memo((props: P) => {
    useSyncExternalStore(onSpoken, spoken, spoken)
    return createElement(Part, props)
  })
