import dataclasses

from imagescraper.photo import CLASSIC_COLUMNS, FIELDS, INDEXED, SEALED, STORED, TRANSIENT, Photo


def photo(**values):
    return Photo(source="flickr", photo_id="30885328974", **values)


def test_every_attribute_is_described():
    assert list(FIELDS) == [entry.name for entry in dataclasses.fields(Photo)]
    assert all(field.label and field.about and field.type for field in FIELDS.values())


def test_no_sensitive_field_is_indexed():
    assert not set(SEALED) & set(INDEXED)


def test_the_original_columns_have_a_field_of_their_label():
    derived = {"date of download", "time of download"}
    assert set(CLASSIC_COLUMNS) - derived <= {field.label for field in FIELDS.values()}


def test_the_row_holds_what_is_stored_and_nothing_transient():
    document = photo(data=b"bytes", segments=b"cut out", title="Macaque").document()
    assert document["_id"] == "flickr:30885328974"
    assert set(document) == {"_id", *STORED}
    assert not {"data", "preview", "segments", "sizes"} & set(document)


def test_a_row_becomes_the_photo_it_was():
    before = photo(title="Macaque", tags=["monkey"], views=3)
    assert Photo.from_document(before.document() | {"unknown": 1}) == before


def test_the_repr_gives_nothing_away():
    text = repr(photo(owner_name="Canary Person", exif={"Artist": "Canary"}, title="Canary"))
    assert text == "<Photo flickr:30885328974 found>"


def test_forget_drops_the_bytes():
    carrying = photo(data=b"1", preview=b"2", sizes=["https://live.staticflickr.com/1/2_3_o.jpg"])
    carrying.forget()
    assert [getattr(carrying, name) for name in TRANSIENT] == [[], None, None]
