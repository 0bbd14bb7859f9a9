/** node-postgres, giving whole numbers as wide as a column, and sums of them, as the numbers they are; by itself it gives texts. */
import pg from 'pg'

for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)

export default pg
