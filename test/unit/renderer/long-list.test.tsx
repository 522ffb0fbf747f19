import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LongList } from '../../../src/renderer/src/ui/Late.tsx'

const drawn = (count: number) => {
  const asked: number[] = []
  const items = Array.from({ length: count }, (_, index) => `${index}`)
  const text = renderToStaticMarkup(
    <LongList items={items} atOnce={3}>
      {(item, index) => {
        asked.push(index)
        return <i key={item}>{`${item}.`}</i>
      }}
    </LongList>,
  )
  return { text: text.replace(/<[^>]*>/g, ''), asked }
}

test('a long list is first drawn as far as a screen shows, and nothing beyond is even made', () => {
  expect(drawn(40)).toEqual({ text: '0.1.2.', asked: [0, 1, 2] })
  expect(drawn(2)).toEqual({ text: '0.1.', asked: [0, 1] })
  expect(drawn(0)).toEqual({ text: '', asked: [] })
})
