/** S3's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export { HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
