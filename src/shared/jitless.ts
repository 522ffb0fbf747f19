import { z } from 'zod'

// zod makes functions out of text for every schema that it reads with: the page's policy forbids and reports it, and in a program it costs a
// start more than reading with them saves. SECURITY: no schema becomes code. First of all imports, so that no schema is older.
z.config({ jitless: true })
