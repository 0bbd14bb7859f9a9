/** A button that does the same with and without scripts: there by its click, here as a form that posts. */
import { type ButtonHTMLAttributes, createContext, useContext } from 'react'

/**
 * Id of the form that holds what somebody is filling in. A button elsewhere on that page goes along with it, so that what was filled
 * in is kept, too. Null where nothing is being filled in.
 */
export const FilledIn = createContext<string | null>(null)

/** What goes along with such a form to say what is to be done. */
export const stepField = 'list-step'

interface PostButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'name' | 'value' | 'form' | 'onClick'> {
  /** Where the form of its own goes. */
  action: string
  /** What that form holds. */
  field?: [name: string, value: string]
  /** What the form that is being filled in is told; without it this button has one of its own there too. */
  step?: string
  onClick(): void
}

export function PostButton({ action, field: [name, value] = ['', ''], step, onClick, ...others }: PostButtonProps) {
  const filledIn = useContext(FilledIn)
  const press = (event: { preventDefault(): void }) => {
    event.preventDefault()
    onClick()
  }
  if (filledIn !== null && step !== undefined)
    return <button type="submit" form={filledIn} name={stepField} value={step} onClick={press} {...others} />
  return (
    <form method="post" action={action} className="button-alone">
      <button type="submit" {...(name !== '' && { name, value })} onClick={press} {...others} />
    </form>
  )
}
