-- Whoever changes the address of a provider, by whatever way, leaves the former one behind as its own: nobody else gets it.
-- Its key is an address as well: what is signed or sent away names it.
CREATE OR REPLACE FUNCTION keep_provider_address() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$ BEGIN
  INSERT INTO providers_provideraddress AS a (slug, provider_id, taken_at, since)
    SELECT given.word, NEW.id, statement_timestamp(), statement_timestamp() FROM unnest(ARRAY[NEW.slug, NEW.key]) AS given(word)
    ON CONFLICT (slug) DO UPDATE SET since = statement_timestamp() WHERE a.provider_id = NEW.id AND a.slug = NEW.slug;
  IF EXISTS (SELECT FROM providers_provideraddress a WHERE a.slug IN (NEW.slug, NEW.key) AND a.provider_id <> NEW.id) THEN
    RAISE unique_violation USING MESSAGE = format('The address %s was given to another provider before.', NEW.slug);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER keep_address AFTER INSERT OR UPDATE OF slug ON providers_provider
  FOR EACH ROW EXECUTE FUNCTION keep_provider_address();

INSERT INTO providers_provideraddress (slug, provider_id, taken_at, since)
  SELECT given.word, p.id, now(), now() FROM providers_provider p, unnest(ARRAY[p.slug, p.key]) AS given(word) ON CONFLICT DO NOTHING;
