export { createMarketplaceReview, type MarketplaceReview, type PendingSubmission } from './review.js'
export type { Listing, Submission } from './schema.js'
export { createMarketplaceService, type MarketplaceService } from './service.js'
