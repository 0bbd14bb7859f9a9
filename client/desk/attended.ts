/** Whether somebody is at work here: a page that looks by itself whether there is news must not keep a session alive. */
let lastInput = Date.now()

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
  addEventListener(
    kind,
    () => {
      lastInput = Date.now()
    },
    { passive: true, capture: true },
  )

/** Milliseconds since somebody last did something. */
export const idleFor = (): number => Date.now() - lastInput

/** What tells the server that a request came by itself: nobody has done anything for two minutes. */
export const unattended = (): Record<string, string> => (idleFor() > 120_000 ? { 'x-unattended': 'yes' } : {})
