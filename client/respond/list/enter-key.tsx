import { listForm } from '../../survey/posting.ts'
import { stepField } from '../../ui/post-button.tsx'

/**
 * What the Enter key presses in the list: the first button that belongs to it, wherever on the page that stands. Buttons above the
 * list belong to it too (the way out, the languages), and must not be pressed by somebody who goes on; so this stands before them.
 */
export function EnterKey({ isLast }: { isLast: boolean }) {
  return <button type="submit" form={listForm} name={stepField} value={isLast ? 'send' : 'next'} hidden tabIndex={-1} aria-hidden />
}
