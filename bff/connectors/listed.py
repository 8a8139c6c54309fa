"""Every connector, one line each, in the order in which services are shown. A folder that is not here is a defect."""

from __future__ import annotations

from typing import Final

from bff.connectors.application_mailbox.client import ApplicationMailbox
from bff.connectors.benefits.client import BenefitCalculator
from bff.connectors.broadcast.client import Broadcast
from bff.connectors.broadcast_address.client import BroadcastAddress
from bff.connectors.certificate_verifier.client import CertificateVerifier
from bff.connectors.clinic_booking.client import ClinicBooking
from bff.connectors.core_cases.client import CoreCases
from bff.connectors.e_tax.client import ETax
from bff.connectors.electricity.client import Electricity
from bff.connectors.electricity_use.client import ElectricityUse
from bff.connectors.exchange_records.client import ExchangeRecordsService
from bff.connectors.family_register_link.client import FamilyRegister
from bff.connectors.gas.client import Gas
from bff.connectors.gas_use.client import GasUse
from bff.connectors.information_network.client import InformationNetwork
from bff.connectors.insurance_coverage.client import InsuranceCoverage
from bff.connectors.local_tax.client import LocalTaxes
from bff.connectors.mail_forwarding.client import MailForwarding
from bff.connectors.moving_company.client import MovingCompany
from bff.connectors.mynaportal_application.client import MynaportalApplications
from bff.connectors.mynaportal_notices.client import NoticesService
from bff.connectors.national_profile.client import NationalProfileService
from bff.connectors.nursery_day.client import NurseryDay
from bff.connectors.nursery_reports.client import NurseryReports
from bff.connectors.payeasy.client import PayEasy
from bff.connectors.public_account.client import PublicAccountService
from bff.connectors.register_extract.client import RegisterExtracts
from bff.connectors.resident_network.client import ResidentNetwork
from bff.connectors.school.client import School
from bff.connectors.seal_registration.client import SealRegister
from bff.connectors.self_information.client import SelfInformationService
from bff.connectors.shapes import Connector
from bff.connectors.shared_applications.client import SharedApplications
from bff.connectors.support_018.client import Support018
from bff.connectors.ward_care.client import WardCare
from bff.connectors.ward_childcare.client import WardChildcare
from bff.connectors.ward_counter.client import WardCounter
from bff.connectors.ward_documents.client import WardDocuments
from bff.connectors.ward_health.client import WardHealth
from bff.connectors.ward_insurance.client import WardInsurance
from bff.connectors.ward_nursery.client import WardNursery
from bff.connectors.ward_registry.client import WardRegistry
from bff.connectors.ward_single_parent.client import WardSingleParent
from bff.connectors.water_use.client import WaterUse
from bff.connectors.waterworks.client import Waterworks

CONNECTORS: Final[tuple[type[Connector], ...]] = (
    # asked with home
    WardRegistry,
    WardChildcare,
    WardCare,
    NationalProfileService,
    School,
    Electricity,
    # told on her wish
    SealRegister,
    WardInsurance,
    WardHealth,
    WardNursery,
    WardSingleParent,
    Waterworks,
    Support018,
    Gas,
    Broadcast,
    NurseryDay,
    SelfInformationService,
    PublicAccountService,
    ExchangeRecordsService,
    NoticesService,
    LocalTaxes,
    # does something for her
    WardCounter,
    WaterUse,
    GasUse,
    ElectricityUse,
    BroadcastAddress,
    MailForwarding,
    MovingCompany,
    NurseryReports,
    ClinicBooking,
    SharedApplications,
    MynaportalApplications,
    PayEasy,
    CoreCases,
    WardDocuments,
    # only bodies that the law names may call
    ApplicationMailbox,
    InformationNetwork,
    ResidentNetwork,
    FamilyRegister,
    RegisterExtracts,
    CertificateVerifier,
    InsuranceCoverage,
    # not called: a link and the reason
    ETax,
    # a process of our own
    BenefitCalculator,
)
