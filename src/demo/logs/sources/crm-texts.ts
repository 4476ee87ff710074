import { codePages, garble } from '../garble';

export type CrmServiceName = 'auth' | 'crm-core' | 'social-media' | 'analytics';

export interface Endpoint {
  service: CrmServiceName;
  method: 'GET' | 'POST' | 'PUT';
  /** `#` becomes a number. */
  url: string;
  /** The business event a success is told as, in analytics. */
  event?: string;
  weight: number;
}

const table: Endpoint[] = [
  { service: 'auth', method: 'POST', url: '/api/v1/auth/login', event: 'user_login', weight: 3 },
  { service: 'auth', method: 'POST', url: '/api/v1/auth/refresh', weight: 4 },
  { service: 'auth', method: 'GET', url: '/api/v1/auth/me', weight: 4 },
  { service: 'crm-core', method: 'GET', url: '/api/v1/contacts?page=#', weight: 12 },
  { service: 'crm-core', method: 'GET', url: '/api/v1/contacts/#', weight: 10 },
  { service: 'crm-core', method: 'GET', url: '/api/v1/leads?status=new', weight: 6 },
  { service: 'crm-core', method: 'POST', url: '/api/v1/leads', event: 'lead_created', weight: 2 },
  {
    service: 'crm-core',
    method: 'PUT',
    url: '/api/v1/opportunities/#/stage',
    event: 'opportunity_stage_changed',
    weight: 2,
  },
  { service: 'crm-core', method: 'GET', url: '/api/v1/opportunities?owner=#', weight: 5 },
  { service: 'social-media', method: 'GET', url: '/api/v1/social/feed?cursor=#', weight: 5 },
  {
    service: 'social-media',
    method: 'POST',
    url: '/api/v1/social/posts',
    event: 'post_published',
    weight: 1,
  },
  { service: 'social-media', method: 'POST', url: '/api/v1/social/webhook', weight: 2 },
  { service: 'analytics', method: 'GET', url: '/api/v1/reports/pipeline?week=#', weight: 3 },
  { service: 'analytics', method: 'GET', url: '/api/v1/reports/kpi', weight: 2 },
  { service: 'analytics', method: 'POST', url: '/api/v1/events', weight: 3 },
];

/** Each endpoint as often as it is called. */
export const endpoints: readonly Endpoint[] = table.flatMap((endpoint) =>
  Array.from({ length: endpoint.weight }, () => endpoint),
);

export const userAgents: readonly string[] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'crm-mobile/4.12.0 (Android 15)',
];

/** Comments as customers leave them under posts. */
const comments: readonly string[] = [
  'Khách hàng muốn xem nhà vào thứ bảy tuần này',
  'Giá căn hộ này bao nhiêu vậy shop ơi?',
  'Dịch vụ rất tốt, nhân viên nhiệt tình, sẽ giới thiệu cho bạn bè',
  'Đã gửi yêu cầu báo giá nhưng chưa thấy phản hồi',
  'Xin tư vấn thêm về gói sửa chữa nhà bếp và phòng tắm',
  'Cảm ơn đội ngũ đã hỗ trợ nhanh chóng!',
  'Loved the new kitchen photos — how long did the work take?',
  'Please call me back about the quote from last week',
];

/** Every 25th or so has gone through a tool that took UTF-8 for something else. */
export const receivedComments: readonly string[] = [
  ...comments,
  ...comments,
  ...comments,
  ...comments.slice(0, 3).map((text, index) => garble(text, codePages[index] ?? 'windows-1252')),
];

export interface Failure {
  statusCode: number;
  name: string;
  message: string;
  /** Lines after the first. */
  stack: readonly string[];
}

const express = [
  'at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)',
  'at next (/app/node_modules/express/lib/router/route.js:149:13)',
  'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
];

/** What a failing request of a service says. */
export const failures: Record<CrmServiceName, readonly Failure[]> = {
  auth: [
    {
      statusCode: 503,
      name: 'RedisConnectionError',
      message: 'connect ECONNREFUSED 10.0.21.7:6379',
      stack: ['at SessionStore.read (/app/dist/session/store.js:61:15)', ...express],
    },
  ],
  'crm-core': [
    {
      statusCode: 500,
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'stage')",
      stack: [
        'at OpportunityService.advance (/app/dist/opportunities/service.js:142:31)',
        'at OpportunityController.putStage (/app/dist/opportunities/controller.js:58:22)',
        ...express,
      ],
    },
    {
      statusCode: 500,
      name: 'QueryFailedError',
      message: 'deadlock detected',
      stack: [
        'at PostgresQueryRunner.query (/app/node_modules/typeorm/driver/postgres/PostgresQueryRunner.js:219:19)',
        'at LeadRepository.insert (/app/dist/leads/repository.js:87:11)',
        ...express,
      ],
    },
    {
      statusCode: 503,
      name: 'QueryFailedError',
      message: 'canceling statement due to statement timeout',
      stack: [
        'at PostgresQueryRunner.query (/app/node_modules/typeorm/driver/postgres/PostgresQueryRunner.js:219:19)',
        'at ContactRepository.search (/app/dist/contacts/repository.js:133:16)',
        ...express,
      ],
    },
  ],
  'social-media': [
    {
      statusCode: 502,
      name: 'AxiosError',
      message: 'timeout of 5000ms exceeded calling api.linkedin.com',
      stack: ['at LinkedInClient.feed (/app/dist/linkedin/client.js:44:9)', ...express],
    },
  ],
  analytics: [
    {
      statusCode: 500,
      name: 'RangeError',
      message: 'Invalid time value',
      stack: ['at weekOf (/app/dist/reports/week.js:12:27)', ...express],
    },
  ],
};

export const poolTimeout: Failure = {
  statusCode: 503,
  name: 'PoolTimeoutError',
  message: 'Timed out acquiring a connection from the pool',
  stack: [
    'at Pool.acquire (/app/node_modules/generic-pool/lib/Pool.js:388:15)',
    'at ContactRepository.search (/app/dist/contacts/repository.js:118:24)',
    ...express,
  ],
};

export const jobStopped: Failure = {
  statusCode: 0,
  name: 'JobLockError',
  message: 'lead-conversion-rollup: lock is held by a worker that is gone',
  stack: [
    'at Scheduler.claim (/app/dist/jobs/scheduler.js:77:13)',
    'at LeadConversionRollup.run (/app/dist/jobs/lead-conversion-rollup.js:29:20)',
    'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ],
};
