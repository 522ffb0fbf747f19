/** The first words of connections that mean harm to the door on a port, by what they try. After them they say nothing more. */
export const hostileWords = (port: number): { name: string; words: string }[] => {
  const host = `Host: 127.0.0.1:${port}\r\n`
  const get = (target: string, ...lines: string[]) =>
    [`GET ${target} HTTP/1.1`, host.trim(), ...lines, '', ''].join('\r\n')
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]
  return [
    { name: 'silence', words: '' },
    { name: 'a head that never ends', words: `GET / HTTP/1.1\r\n${host}X: ` },
    { name: 'a long head that never ends', words: `GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(15_000)}` },
    { name: 'a head that is too long', words: get('/', `X: ${'y'.repeat(40_000)}`) },
    { name: 'no HTTP at all', words: '\u0000\u0001\u0002 no HTTP at all\r\n\r\n' },
    { name: 'a request without a cookie', words: get('/') },
    { name: 'a hundred requests at once', words: get('/favicon.ico').repeat(100) },
    { name: 'a wrong code', words: get(`/?code=${'x'.repeat(43)}`) },
    { name: 'a return of no sign-in', words: get(`/callback?code=x&state=${'x'.repeat(43)}`) },
    { name: 'a body that never comes', words: `POST / HTTP/1.1\r\n${host}Content-Length: 100000\r\n\r\n` },
    {
      name: 'a body that waits for a word',
      words: `POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
    },
    { name: 'a tunnel', words: `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host}\r\n` },
    { name: 'a socket without a cookie', words: get('/wire', `Origin: http://127.0.0.1:${port}`, ...upgrade) },
    { name: 'a socket of another page', words: get('/wire', 'Origin: http://evil.example', ...upgrade) },
    {
      name: 'a socket with a false cookie',
      words: get('/wire', `Origin: http://127.0.0.1:${port}`, `Cookie: howdah-${port}=${'x'.repeat(43)}`, ...upgrade),
    },
  ]
}
