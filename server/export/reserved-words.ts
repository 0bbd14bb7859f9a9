/**
 * Words that are no variable name in one of the programs that read an export.
 *
 * Sources: IBM SPSS Statistics 29 Command Syntax Reference, "Variable names" (reserved keywords); R Language Definition,
 * 10.3.3 "Reserved words"; PostgreSQL 17, Appendix C "SQL key words" (those marked reserved).
 */
const spss = 'all and by eq ge gt le lt ne not or to with'
const r = 'if else repeat while function for next break in inf nan na null true false'
const sql =
  'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently ' +
  'constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default ' +
  'deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect ' +
  'into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps ' +
  'placing primary references returning right select session_user similar some symmetric system_user table tablesample then to trailing true ' +
  'union unique user using variadic verbose when where window with'

export const reservedWords = new Set([spss, r, sql].flatMap((words) => words.split(' ')))
