import { z } from 'zod'

// zod tries `new Function` when it builds a schema, which the policy forbids and reports. First of all imports, so that no schema is older.
z.config({ jitless: true })
