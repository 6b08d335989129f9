// Makes a CRM history of any size with DuckDB: node make-history.js FILE RECORDS REPS REPS_PER_TEAM.
// Leads over four years from 2023-01-01, evenly; from four sources; about 50 % become conversations, of those 30 %
// opportunities, of those 25 % close; every other record is lost; waits are exponential. Nothing after 2026-12-31. Chance
// comes from hashes of the number of the record, so the same arguments make the same file.
import { DuckDBInstance } from '@duckdb/node-api';

const [file, records, reps, repsPerTeam] = process.argv.slice(2);

/** 0 … 1, of the record and a number that tells one draw from another. */
const draw = (number) => `hash(i * 7 + ${number}) % 1000000 / 1e6`;
const wait = (u, mean, least = 0) => `CAST(${least} - ln(${u} + 1e-6) * ${mean} AS INTEGER)`;
const known = (day) => `CASE WHEN ${day} <= DATE '2026-12-31' THEN ${day} END`;

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`COPY (
  WITH drawn AS (
    SELECT i, ${draw(1)} AS u1, ${draw(2)} AS u2, ${draw(3)} AS u3, ${draw(4)} AS u4, ${draw(5)} AS u5,
      hash(i * 7 + 6) % ${reps} AS rep, CAST(hash(i * 11) % 4 AS INTEGER) AS source,
      DATE '2023-01-01' + CAST(i * 1460 // ${records} AS INTEGER) AS lead
    FROM range(${records}) AS numbers(i)
  ), talked AS (
    SELECT *, CASE WHEN u1 < 0.5 THEN lead + ${wait('u2', 10)} END AS conversation,
      CASE WHEN u1 >= 0.5 THEN lead + ${wait('u2', 20)} END AS lost1
    FROM drawn
  ), qualified AS (
    SELECT *, CASE WHEN u3 < 0.3 THEN conversation + ${wait('u4', 30)} END AS opportunity,
      CASE WHEN u3 >= 0.3 THEN conversation + ${wait('u4', 30)} END AS lost2
    FROM talked
  ), closed AS (
    SELECT *, CASE WHEN u5 < 0.25 THEN opportunity + ${wait('u1 * 2', 50, 20)} END AS won,
      CASE WHEN u5 >= 0.25 THEN opportunity + ${wait('u1 * 2', 60, 10)} END AS lost3
    FROM qualified
  )
  SELECT 'L' || i AS id, 'Rep ' || rep AS rep, 'Team ' || (rep // ${repsPerTeam}) AS team,
    ['inbound', 'outbound', 'partner', 'event'][source + 1] AS source, lead,
    ${known('conversation')} AS conversation, ${known('opportunity')} AS opportunity, ${known('won')} AS close,
    ${known('coalesce(lost1, lost2, lost3)')} AS lost,
    CASE WHEN won <= DATE '2026-12-31' THEN 10000 + hash(i) % 30000 END AS amount
  FROM closed
) TO '${file.replaceAll("'", "''")}' (HEADER)`);
