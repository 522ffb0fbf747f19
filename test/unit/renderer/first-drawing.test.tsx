import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClientProvider } from '../../../src/renderer/src/client/engine.tsx'
import { NeedsPerson } from '../../../src/renderer/src/features/decisions/NeedsPerson.tsx'
import { SettingsScreen } from '../../../src/renderer/src/features/settings/SettingsScreen.tsx'

/** A screen as it is drawn first, when nothing that it asks for is answered yet. */
const firstDrawn = (screen: ReactNode) =>
  renderToStaticMarkup(<ClientProvider client={{ engine: {} as never, shell: {} as never }}>{screen}</ClientProvider>)

test('what can be pressed is not drawn before what would push it aside when it comes', () => {
  const own = (name: string) => <button type="button">{name}</button>
  const settings = firstDrawn(
    <SettingsScreen servers={own('servers')} lock={own('lock')} templates={own('templates')} backup={own('backup')} />,
  )
  expect([...settings.matchAll(/<button[^>]*>(\w+)/g)].map(([, name]) => name)).toEqual(['servers'])
})

test('a list of nothing is no list', () => {
  expect(firstDrawn(<NeedsPerson batches={null} />)).not.toContain('<ul')
})
