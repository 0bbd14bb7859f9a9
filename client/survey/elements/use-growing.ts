import { type RefObject, useLayoutEffect } from 'react'

/** Makes a text field as high as what stands in it, in browsers whose style sheets cannot (`field-sizing`, see survey.css). */
export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, typed: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows what is typed.
  useLayoutEffect(() => {
    if (!field.current || CSS.supports('field-sizing', 'content')) return
    const { style, offsetHeight, clientHeight } = field.current
    style.blockSize = 'auto'
    style.blockSize = `${field.current.scrollHeight + offsetHeight - clientHeight}px`
  }, [field, typed])
}
