import type { AnchorHTMLAttributes } from 'react'
import { follow, usePathname } from '../../ui/navigation.ts'

/** The path of the page, decoded, without the slash at its end. */
export const usePath = (): string => decodeURI(usePathname()).replace(/(.)\/$/, '$1')

/** A link to a page of the desk. */
export function Link({ href, ...props }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return <a {...props} {...follow(href)} />
}
