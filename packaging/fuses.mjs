// What Electron's program may do, burnt into it when a package is made.

/**
 * Every fuse of Electron, in the order of its wire (Electron's checklist, item 19): a new one fails the build until it is decided here.
 * SECURITY: the packaged program runs nothing but its own archive, and obeys no environment of Node's.
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // On macOS and Windows; Linux knows no such check.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // Without these handlers WebAssembly checks its bounds in software: slower, no less safe. The page runs none.
  WasmTrapHandlers: true,
}

/** Stands before each wire; a program for two processors has two. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Reads every fuse of a program and holds it against the table. Throws at the first that is set otherwise, unknown, or missing. */
export const checkFuses = program => {
  const names = Object.keys(fuses)
  let at = program.indexOf(SENTINEL)
  if (at < 0) throw new Error('the program has no fuses')
  for (; at >= 0; at = program.indexOf(SENTINEL, at + 1)) {
    const [version, count, ...wire] = program.subarray(at + SENTINEL.length, at + SENTINEL.length + 2 + names.length)
    if (version !== 1) throw new Error(`the program has fuses of version ${version}, which nobody has decided about`)
    if (count !== names.length) throw new Error(`the program has ${count} fuses, and ${names.length} are decided`)
    for (const [n, name] of names.entries())
      if (wire[n] !== (fuses[name] ? 0x31 : 0x30)) throw new Error(`the fuse ${name} did not hold`)
  }
}
