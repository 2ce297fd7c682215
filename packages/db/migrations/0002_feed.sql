CREATE TABLE "feed" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"properties" jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	CONSTRAINT "feed_import_id_occurred_at_line_pk" PRIMARY KEY("import_id","occurred_at","line")
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "position" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "file_hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "customers_kept" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "feed_customer_id_index" ON "feed" USING btree ("customer_id");