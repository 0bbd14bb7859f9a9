import type { ReactNode } from 'react'

/** Room for a table that is wider than a phone: it scrolls by itself. */
export function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has a keyboard only has to be able to scroll it (WCAG 2.1.1).
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
