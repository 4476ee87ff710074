/**
 * List prices of CloudWatch Logs in us-east-1, US dollars; other regions differ by up to about half.
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const USD_PER_GB_SCANNED = 0.005;
export const USD_PER_GB_MONTH_STORED = 0.03;
export const BYTES_PER_GB = 1024 ** 3;

/** What Logs Insights charges for reading so many bytes. */
export const scanCostUsd = (bytes: number): number => (bytes / BYTES_PER_GB) * USD_PER_GB_SCANNED;
