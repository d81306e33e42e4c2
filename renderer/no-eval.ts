import * as z from 'zod'

// The page may not compile code from text. Told so before the first schema is made, zod does not try it.
z.config({ jitless: true })
