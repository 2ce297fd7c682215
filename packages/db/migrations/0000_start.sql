CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"message_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"outcome" text,
	"reason" text,
	"code" text,
	"detail" text,
	"finished_at" timestamp with time zone,
	CONSTRAINT "attempts_message_id_number_pk" PRIMARY KEY("message_id","number")
);
--> statement-breakpoint
CREATE TABLE "attribute_catalogue" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"value_type" text DEFAULT '' NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attribute_catalogue_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"member_id" text,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"object_id" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clocks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"import_id" uuid NOT NULL,
	"real_start" timestamp with time zone NOT NULL,
	"virtual_start" timestamp with time zone NOT NULL,
	"scale" double precision NOT NULL,
	"fed_until" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"connector" text NOT NULL,
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"secrets" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"is_mailbox" boolean DEFAULT false NOT NULL,
	"broken_since" timestamp with time zone,
	"broken_reason" jsonb,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"topic" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"topic" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consents_customer_id_channel_topic_pk" PRIMARY KEY("customer_id","channel","topic")
);
--> statement-breakpoint
CREATE TABLE "count_deltas" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"version_id" uuid NOT NULL,
	"node" text NOT NULL,
	"output" text NOT NULL,
	"n" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"time_zone" text,
	"language" text,
	"import_id" uuid,
	"merged_into" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enrollments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"journey_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"entry_key" text NOT NULL,
	"entry_node" text NOT NULL,
	"entry_event_id" bigint NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"end_reason" text,
	"end_label" text,
	"state" jsonb NOT NULL,
	"place" text,
	"waiting_for" text,
	"due_at" timestamp with time zone,
	"clock_id" uuid,
	"salt" text NOT NULL,
	"head_hash" text NOT NULL,
	"started_at" timestamp with time zone,
	"entered_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry_slots" (
	"journey_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"entry_key" text NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "entry_slots_journey_id_customer_id_entry_key_pk" PRIMARY KEY("journey_id","customer_id","entry_key")
);
--> statement-breakpoint
CREATE TABLE "event_catalogue" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"property" text DEFAULT '' NOT NULL,
	"value_type" text DEFAULT '' NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_catalogue_workspace_id_name_property_pk" PRIMARY KEY("workspace_id","name","property")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"name" text NOT NULL,
	"properties" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source" text NOT NULL,
	"body_hash" text NOT NULL,
	"import_id" uuid,
	"clock_id" uuid,
	CONSTRAINT "events_message_id" UNIQUE("workspace_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"file_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_chunks_file_id_n_pk" PRIMARY KEY("file_id","n")
);
--> statement-breakpoint
CREATE TABLE "identifiers" (
	"workspace_id" text NOT NULL,
	"type" text NOT NULL,
	"value" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identifiers_workspace_id_type_value_pk" PRIMARY KEY("workspace_id","type","value")
);
--> statement-breakpoint
CREATE TABLE "import_errors" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"raw" text NOT NULL,
	CONSTRAINT "import_errors_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"file_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_size" bigint NOT NULL,
	"format" jsonb NOT NULL,
	"mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"mode" text DEFAULT 'history' NOT NULL,
	"seconds_per_day" double precision,
	"status" text DEFAULT 'uploaded' NOT NULL,
	"rows_total" integer,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_stored" integer DEFAULT 0 NOT NULL,
	"rows_duplicate" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	"customers_created" integer DEFAULT 0 NOT NULL,
	"events_fed" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"draft" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"live_version_id" uuid,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text
);
--> statement-breakpoint
CREATE TABLE "live_entries" (
	"workspace_id" text NOT NULL,
	"event" text NOT NULL,
	"journey_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	CONSTRAINT "live_entries_journey_id_node_id_pk" PRIMARY KEY("journey_id","node_id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"message_id" text,
	"from_address" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"html" text,
	"body" text,
	"headers" jsonb NOT NULL,
	"raw" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"journey_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"node" text NOT NULL,
	"visit" integer NOT NULL,
	"seq" integer NOT NULL,
	"channel" text NOT NULL,
	"template_id" uuid,
	"connection_id" uuid,
	"status" text DEFAULT 'planned' NOT NULL,
	"reason" text,
	"gate" jsonb,
	"address" text,
	"subject" text,
	"html" text,
	"body" text,
	"provider_id" text,
	"clock_id" uuid,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retry_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "message_step_key" UNIQUE("enrollment_id","node","visit")
);
--> statement-breakpoint
CREATE TABLE "node_counts" (
	"version_id" uuid NOT NULL,
	"node" text NOT NULL,
	"output" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "node_counts_version_id_node_output_pk" PRIMARY KEY("version_id","node","output")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"partition" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"enqueued_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"journey_id" uuid,
	"customer_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"trace" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"enrollment_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"version_id" uuid NOT NULL,
	"node" text NOT NULL,
	"kind" text NOT NULL,
	"visit" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	"output" text,
	"status" text NOT NULL,
	"reason" text,
	"reads" jsonb NOT NULL,
	"decision" jsonb,
	"input" jsonb,
	"hash" text NOT NULL,
	CONSTRAINT "steps_enrollment_id_seq_pk" PRIMARY KEY("enrollment_id","seq")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_workspace_id_channel_address_pk" PRIMARY KEY("workspace_id","channel","address")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"channel" text DEFAULT 'email' NOT NULL,
	"name" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"preheader" text DEFAULT '' NOT NULL,
	"format" text DEFAULT 'mjml' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"compiled" jsonb,
	"variables" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"journey_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"graph" jsonb NOT NULL,
	"plan" jsonb NOT NULL,
	"plan_hash" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"published_by" text,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "versions_number" UNIQUE("journey_id","number")
);
--> statement-breakpoint
CREATE TABLE "waits" (
	"enrollment_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"alternative" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"event" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"matched_event_id" bigint,
	"match" jsonb,
	"settled_at" timestamp with time zone,
	"clock_id" uuid,
	CONSTRAINT "waits_enrollment_id_seq_alternative_pk" PRIMARY KEY("enrollment_id","seq","alternative")
);
--> statement-breakpoint
CREATE TABLE "workspace_settings" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'marketer' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash_index" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_keys_workspace_id_index" ON "api_keys" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "open_attempts" ON "attempts" USING btree ("lease_until") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "audit_workspace_id_at_index" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "connections_workspace_id_channel_index" ON "connections" USING btree ("workspace_id","channel");--> statement-breakpoint
CREATE INDEX "consent_changes_customer_id_at_index" ON "consent_changes" USING btree ("customer_id","at");--> statement-breakpoint
CREATE INDEX "customers_workspace_id_created_at_index" ON "customers" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_active_enrollment" ON "enrollments" USING btree ("journey_id","customer_id","entry_key") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "enrollments_of_customer" ON "enrollments" USING btree ("customer_id","entered_at");--> statement-breakpoint
CREATE INDEX "enrollments_of_journey" ON "enrollments" USING btree ("workspace_id","journey_id","status","entered_at");--> statement-breakpoint
CREATE INDEX "enrollments_by_place" ON "enrollments" USING btree ("version_id","place") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "enrollments_due" ON "enrollments" USING btree ("due_at") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "enrollments_unstarted" ON "enrollments" USING btree ("entered_at") WHERE status = 'active' and started_at is null;--> statement-breakpoint
CREATE INDEX "events_of_customer" ON "events" USING btree ("customer_id","occurred_at");--> statement-breakpoint
CREATE INDEX "events_of_import" ON "events" USING btree ("import_id") WHERE import_id is not null;--> statement-breakpoint
CREATE INDEX "identifiers_customer_id_index" ON "identifiers" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "imports_workspace_id_created_at_index" ON "imports" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "journeys_workspace_id_status_index" ON "journeys" USING btree ("workspace_id","status");--> statement-breakpoint
CREATE INDEX "live_entries_by_event" ON "live_entries" USING btree ("workspace_id","event");--> statement-breakpoint
CREATE INDEX "mails_workspace_id_received_at_index" ON "mails" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "mails_workspace_id_to_address_index" ON "mails" USING btree ("workspace_id","to_address");--> statement-breakpoint
CREATE INDEX "messages_of_customer" ON "messages" USING btree ("customer_id","planned_at");--> statement-breakpoint
CREATE INDEX "messages_of_node" ON "messages" USING btree ("version_id","node","status");--> statement-breakpoint
CREATE INDEX "messages_open" ON "messages" USING btree ("status","planned_at") WHERE status in ('planned', 'attempting');--> statement-breakpoint
CREATE INDEX "outbox_by_partition" ON "outbox" USING btree ("partition","occurred_at","event_id");--> statement-breakpoint
CREATE INDEX "rejections_customer_id_at_index" ON "rejections" USING btree ("customer_id","at");--> statement-breakpoint
CREATE INDEX "rejections_journey_id_at_index" ON "rejections" USING btree ("journey_id","at");--> statement-breakpoint
CREATE INDEX "steps_by_node" ON "steps" USING btree ("version_id","node","left_at");--> statement-breakpoint
CREATE INDEX "templates_workspace_id_index" ON "templates" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "open_waits" ON "waits" USING btree ("customer_id","event") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "matched_waits" ON "waits" USING btree ("settled_at") WHERE status = 'matched';--> statement-breakpoint
CREATE INDEX "account_user_id_index" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitation_organization_id_index" ON "invitation" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "invitation_email_index" ON "invitation" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "member_organization_id_user_id_index" ON "member" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "member_user_id_index" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_id_index" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier_index" ON "verification" USING btree ("identifier");