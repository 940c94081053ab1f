"""PAdES by pyHanko, step by step, because only this way the time of the seal can be given."""

import io
from datetime import datetime
from typing import NamedTuple

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from certificates.seals.sealers import Sealer


class Description(NamedTuple):
    """What the seal says about itself."""

    field: str
    reason: str
    location: str
    at: datetime


async def sealed(pdf: bytes, sealer: Sealer, described: Description) -> bytes:
    """The file with an update appended that holds the seal; what was there before stays byte for byte."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    async with sealer.opened() as signer:
        session = PdfSigner(_metadata(described), signer).init_signing_session(writer)
        session.system_time = described.at
        validation = await session.perform_presign_validation(writer)
        document = session.prepare_tbs_document(validation, sealer.reserved, None)
        digest, output = document.digest_tbs_document()
        attributes = PdfCMSSignedAttributes(signing_time=described.at)
        await document.perform_signature(digest.document_digest, attributes)
    return output.getvalue()


def _metadata(described: Description) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=described.field,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=described.reason,
        location=described.location or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
