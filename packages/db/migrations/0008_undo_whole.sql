ALTER TABLE "attributes_before" ADD COLUMN "said_since" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "identifiers" ADD COLUMN "import_ids" uuid[];--> statement-breakpoint
CREATE INDEX "identifiers_of_import" ON "identifiers" USING gin ("import_ids") WHERE import_ids is not null;