/**
 * A problem is what went wrong, where, and with which values: a code and arguments, no wording.
 * The sentences stand in `report/wording.ts`, one per code.
 */

export type Severity = 'error' | 'warning';

/** Where a fault stands. `line` and `column` count from 1; in a table `column` is the number of the field. */
export interface Where {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export const NOWHERE: Where = { file: null, line: null, column: null };

/** What the wording of a code is filled in with. */
export type ProblemArguments = Readonly<Record<string, string | number>>;

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly where: Where;
  readonly arguments: ProblemArguments;
}

/** A value together with what is wrong with its input; `value` is null where it could not be made. */
export interface Parsed<Value> {
  readonly value: Value | null;
  readonly problems: readonly Problem[];
}

export function error(code: ProblemCode, where: Where, args: ProblemArguments = {}): Problem {
  return { code, severity: 'error', where, arguments: args };
}

export function warning(code: ProblemCode, where: Where, args: ProblemArguments = {}): Problem {
  return { code, severity: 'warning', where, arguments: args };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `{ file }`, or `{ file, line }`, or `{ file, line, column }`. */
export function at(file: string | null, line: number | null = null, column: number | null = null): Where {
  return { file, line, column };
}

/** Every code there is; each has its wording in `report/wording.ts` and its case in `fixtures/problems/`. */
export const PROBLEM_CODES = [
  'standard_input_twice',
  'file_missing',
  'file_is_folder',
  'file_unreadable',
  'file_not_writable',
  'file_exists',
  'file_is_workbook',
  'file_is_html',
  'file_is_binary',
  'file_has_nul',
  'plan_missing',
  'plan_not_map',
  'plan_is_result',
  'yaml_syntax',
  'yaml_duplicate_key',
  'yaml_too_long',
  'yaml_aliases',
  'no_rows',
  'no_data_rows',
  'quote_not_closed',
  'quote_misplaced',
  'header_not_found',
  'column_missing',
  'column_without_header',
  'read_as_one_column',
  'duplicate_column',
  'column_not_found',
  'duplicate_period',
  'periods_overlap',
  'row_too_long',
  'total_disagrees',
  'decimal_conflict',
  'decimal_ambiguous',
  'date_order_conflict',
  'date_order_ambiguous',
  'value_empty',
  'cell_spreadsheet_error',
  'number_placeholder',
  'number_not_finite',
  'number_too_large',
  'number_unreadable',
  'number_decimal_style',
  'number_with_percent',
  'count_with_unit',
  'count_negative',
  'count_empty',
  'share_with_unit',
  'share_without_percent',
  'share_negative',
  'share_above_one',
  'shares_not_whole',
  'duration_unreadable',
  'duration_too_long',
  'date_unreadable',
  'date_nonexistent',
  'date_serial',
  'date_undecided',
  'today_in_plan',
  'period_empty',
  'period_unreadable',
  'period_without_year',
  'period_needs_fiscal',
  'period_day_or_year',
  'period_not_first_day',
  'period_date_undecided',
  'month_expected',
  'second_currency',
  'key_unknown',
  'value_not_allowed',
  'funnel_too_short',
  'stage_twice',
  'stage_reserved',
  'stage_unknown',
  'source_twice',
  'source_unknown',
  'quotas_missing',
  'rates_missing',
  'deal_size_missing',
  'plan_ends_before_start',
  'as_of_after_plan',
  'rep_empty',
  'rep_ends_before_start',
  'rep_twice',
  'rep_without_team',
  'rep_ambiguous',
  'rep_moved',
  'rep_returned',
  'rep_not_listed',
  'rep_in_other_team',
  'quota_empty',
  'quota_negative',
  'duplicate_quota',
  'quota_before_start',
  'quota_given_twice',
  'rep_left',
  'scope_without_quota',
  'quota_before_plan',
  'no_quota_in_plan',
  'rates_need_sources',
  'rates_of_both_kinds',
  'rates_without_stages',
  'rate_column_missing',
  'rate_above_one',
  'share_rate_above_one',
  'rate_zero',
  'rate_empty',
  'rate_twice',
  'engine_missing',
  'history_unreadable',
  'history_without_dates',
  'history_stage_unmeasured',
  'history_nothing_there',
  'history_columns_unknown',
  'history_dirt',
  'rates_other_stages',
  'rates_other_sources',
  'rates_window_backwards',
  'no_rate',
  'source_without_rates',
  'counts_too_young',
  'deal_size_empty',
  'deal_size_not_positive',
  'deal_size_twice',
  'no_deal_size',
  'rounding_adds',
  'confidence_out_of_reach',
  'actuals_without_stages',
  'actuals_not_a_month',
  'actuals_after_as_of',
  'actuals_not_in_plan',
  'actuals_month_missing',
  'actuals_without_rows',
  'actuals_cell_empty',
  'actuals_twice',
  'actuals_missing',
  'pipeline_missing',
  'stage_mapped_twice',
  'pipeline_stage_unknown',
  'pipeline_stages_unsaid',
  'pipeline_rep_unknown',
  'pipeline_rep_without_quota',
  'pipeline_source_unknown',
  'pipeline_twice',
  'pipeline_amount_empty',
  'pipeline_amount_negative',
  'pipeline_closed_without_date',
  'pipeline_after_as_of',
  'pipeline_age_unknown',
  'closed_unknown',
  'crm_amounts_assumed',
  'saved_unreadable',
  'saved_without_deals',
  'agreed_without_goals',
  'agreed_partial',
  'agreed_elsewhere',
  'agreed_other_plan',
  'since_incomparable',
  'since_partial',
  'plan_is_over',
  'goals_recomputed',
  'actuals_leave_out',
  'history_too_little',
  'history_young',
  'history_rates_moving',
  'history_log_late',
  'history_rep_closed_only',
  'history_no_losses',
  'history_dead_open',
  'history_begins_later',
  'history_ends_early',
  'set_unreadable',
  'set_scope_unreadable',
  'set_scope_unfit',
  'set_change_unfit',
  'set_without_value',
  'set_touches_nothing',
  'set_shares_not_whole',
  'set_rate_above_one',
  'set_leaves_nothing',
  'usage',
  'not_found',
  'no_goal',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];
