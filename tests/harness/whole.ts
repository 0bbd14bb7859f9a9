/**
 * Where a test has many cases that are alike, `npm test` takes a part of them, always the same ones or as many by chance, and WHOLE=1
 * (`npm run test:whole`) all. What is asserted of each is the same.
 */
export const isWhole = process.env.WHOLE === '1'

/** How many: `few` in `npm test`, `all` in `npm run test:whole`. */
export const orWhole = (few: number, all: number): number => (isWhole ? all : few)
