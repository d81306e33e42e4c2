/** Marks the tests that walk a screen's main task and take its pictures. */
export const walkTag = '@walk'
