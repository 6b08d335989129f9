// The yardstick of rates: only counts the records of a history that reached each stage, by rep and month, in DuckDB.
import { DuckDBInstance } from '@duckdb/node-api';

const [file] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
  `SELECT rep, date_trunc('month', lead) AS month, count(lead), count(conversation), count(opportunity), count(close)
   FROM '${file.replaceAll("'", "''")}' GROUP BY rep, month`,
);
console.log(reader.currentRowCount);
