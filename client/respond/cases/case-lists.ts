/** What is to be done in each case, from the packet. Pure. */
import type { AssignmentSummary, Packet } from '../api.ts'

export interface CaseLists {
  code: string
  state: Packet['cases'][number]['state']
  /** Day of the state. */
  since: string
  open: AssignmentSummary[]
  done: AssignmentSummary[]
}

/** Cases with something to do, in the order of the packet: what closes first goes first. Then the others, by code. */
export function sortCases({ cases, assignments }: Packet): { open: CaseLists[]; others: CaseLists[] } {
  const all = cases.map((one) => {
    const own = assignments.filter(({ caseCode }) => caseCode === one.code)
    return { ...one, open: own.filter(({ state }) => state !== 'completed'), done: own.filter(({ state }) => state === 'completed') }
  })
  const place = ({ open }: CaseLists): number => (open[0] ? assignments.indexOf(open[0]) : -1)
  return {
    open: all.filter(({ open }) => open.length > 0).sort((a, b) => place(a) - place(b)),
    others: all.filter(({ open }) => open.length === 0),
  }
}
