"""What a contract says of the provider it is made with. Public: it stands on the page of every run that is sold here."""

from courses.guards import ContractHouse
from courses.models import PlanRules
from providers.models import Provider
from tenancy.lens import look, system


def contract_house(provider: int) -> ContractHouse:
    """One statement for the house, one for its rules."""
    with look(system("the other side of a contract")):
        columns = ("name", "street", "city", "email", "phone", "imprint")
        house = Provider.objects.values_list(*columns).get(pk=provider)
        rules = PlanRules.objects.filter(provider=provider).values_list("payment", "terms").first()
    return ContractHouse(*(one.strip() for one in (*house, *(rules or ("", "")))))
