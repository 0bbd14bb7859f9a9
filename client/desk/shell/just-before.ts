/** The last moment of a window that ends at `closesAt`: the end itself is a midnight, of the day after. */
export const justBefore = (closesAt: string): Date => new Date(Date.parse(closesAt) - 1)
