/** The heading of a page. It takes focus when the page appears, so that keyboard and screen reader start at the new page, and names the tab. */
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'

/** The browser itself starts at the top of the first page; taking focus there would only make a screen reader start twice. */
let isFirstPage = true

/** Told the title while a page is drawn where there is no document to put it in. */
export const TitleContext = createContext<((title: string) => void) | null>(null)

interface PageHeadingProps {
  level: 1 | 2
  /** A new value is a new page. */
  page: string
  /** For the tab. */
  title: string
  className?: string | undefined
  children: ReactNode
}

export function PageHeading({ level, page, title, className, children }: PageHeadingProps) {
  useContext(TitleContext)?.(title)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves when the page is another one, not when its words change.
  useEffect(() => {
    if (!isFirstPage) {
      window.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    isFirstPage = false
  }, [page])
  useEffect(() => {
    document.title = title
  }, [title])
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <Heading ref={heading} tabIndex={-1} className={className}>
      {children}
    </Heading>
  )
}
